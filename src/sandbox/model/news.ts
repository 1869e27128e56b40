/** A piece of news for affiliates. */
export interface NewsItem {
  id: string;
  title: string;
  summary: string;
  text: string;
  isFixed: boolean;
  created: number;
}
