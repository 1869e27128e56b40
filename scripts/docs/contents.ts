/** A page that is written by hand: its Markdown file, and its name among the pages. */
export interface Guide {
  file: string;
  page: string;
  /** What it is called in the contents, where its own heading is no help there. */
  title?: string;
}

export interface Chapter {
  title: string;
  guides: readonly Guide[];
}

const doc = (name: string): Guide => ({ file: `docs/${name}.md`, page: `${name}.html` });

/** Every page that is written by hand, in the order in which somebody new reads them. */
export const chapters: readonly Chapter[] = [
  {
    title: "Start",
    guides: [doc("getting-started"), { file: "README.md", page: "overview.html", title: "Overview and settings" }],
  },
  {
    title: "Ask and change",
    guides: [
      doc("pagination-and-filters"),
      doc("statistics"),
      doc("caps"),
      doc("bulk-changes"),
      doc("errors"),
      doc("apps"),
      { file: "examples/script/README.md", page: "example-script.html" },
      doc("trusted-documents"),
      doc("federation"),
      { file: "client/README.md", page: "client.html" },
      { file: "examples/script/README.md", page: "example-script.html" },
      { file: "examples/caps-monitor/README.md", page: "example-caps-monitor.html" },
    ],
  },
  {
    title: "Run it",
    guides: [
      doc("doctor"),
      doc("production"),
      doc("recipes"),
      doc("sandbox-in-ci"),
      { file: "SECURITY.md", page: "security.html" },
    ],
  },
  {
    title: "Look up",
    guides: [doc("glossary"), doc("coverage"), { file: "CHANGELOG.md", page: "changes.html" }],
  },
  {
    title: "How it is made",
    guides: [
      doc("decisions"),
      { file: "CONTRIBUTING.md", page: "contributing.html" },
      { file: "contract/README.md", page: "contract.html" },
      { file: "bench/results.md", page: "benchmarks.html" },
    ],
  },
];

export const guides: readonly Guide[] = chapters.flatMap((chapter) => chapter.guides);
