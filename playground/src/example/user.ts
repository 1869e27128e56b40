import { type Example, networkUsers } from "./shape.js";

export const userExamples: readonly Example[] = [
  {
    title: "The network's managers",
    about: "Users of the network with their role and last sign-in.",
    who: "network users who may see users",
    keys: networkUsers,
    view: "table",
    query: `query Managers {
  users(first: 50) {
    totalCount
    nodes {
      id
      name
      email
      role
      lastLoginAt
    }
  }
}
`,
  },
];
