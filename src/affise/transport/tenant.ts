/** One network: a name to pick it by, and the API URL that its panel shows under Settings > Tracking domains. */
export interface Tenant {
  name: string;
  url: string;
}
