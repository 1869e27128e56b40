import { type Example, networkUsers } from "../shape.js";

export const userExamples: readonly Example[] = [
  {
    title: "The network's managers",
    about: "Users of the network with their role and last sign-in.",
    who: "network users who may see users",
    keys: networkUsers,
    view: "table",
    query: `query Managers {
  users(first: 10000) {
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
  {
    title: "What may this user do?",
    about: "Everything one user may look at or change, and what is closed to it.",
    who: "network users who may see users",
    keys: networkUsers,
    view: "table",
    sort: "level",
    find: "{ users(first: 2) { nodes { id } } }",
    variables: ({ ids }) => ({ id: ids("users").at(-1) ?? "" }),
    query: `query WhatMayUserDo($id: ID!) {
  user(id: $id) {
    name
    role
    sections
    permissions {
      section
      name
      level
      hasExceptions
    }
  }
}
`,
  },
];
