import type { ReactNode } from "react";

const Icon = ({ children }: { children: ReactNode }) => (
  <svg
    className="icon"
    viewBox="0 0 20 20"
    width="18"
    height="18"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="3.4" />
    <path d="M10 2v1.6M10 16.4V18M2 10h1.6M16.4 10H18M4.3 4.3l1.2 1.2M14.5 14.5l1.2 1.2M4.3 15.7l1.2-1.2M14.5 5.5l1.2-1.2" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z" />
  </Icon>
);

export const SystemIcon = () => (
  <Icon>
    <rect x="2.5" y="3.5" width="15" height="10" rx="1.6" />
    <path d="M7 17h6M10 13.5V17" />
  </Icon>
);

export const PanelIcon = () => (
  <Icon>
    <rect x="2.5" y="3.5" width="15" height="13" rx="2" />
    <path d="M8 3.5v13" />
  </Icon>
);

export const SearchIcon = () => (
  <Icon>
    <circle cx="9" cy="9" r="5" />
    <path d="m13 13 4 4" />
  </Icon>
);

export const CopyIcon = () => (
  <Icon>
    <rect x="7" y="7" width="9.5" height="9.5" rx="2" />
    <path d="M13 4.6A2 2 0 0 0 11.2 3.5H5.5a2 2 0 0 0-2 2v5.7c0 .8.5 1.5 1.1 1.8" />
  </Icon>
);

export const LinkIcon = () => (
  <Icon>
    <path d="M8.4 11.6a3.2 3.2 0 0 0 4.6 0l3-3A3.2 3.2 0 0 0 11.4 4l-.9.9" />
    <path d="M11.6 8.4a3.2 3.2 0 0 0-4.6 0l-3 3A3.2 3.2 0 0 0 8.6 16l.9-.9" />
  </Icon>
);

export const DownloadIcon = () => (
  <Icon>
    <path d="M10 3v9m0 0 3.5-3.5M10 12 6.5 8.5M3.5 16.5h13" />
  </Icon>
);

export const TreeIcon = () => (
  <Icon>
    <rect x="3" y="3" width="5" height="5" rx="1.2" />
    <path d="m4.4 5.4 1 1 1.6-1.9M11.5 5.5H17M5.5 8v7.5H9M11.5 15.5H17M11.5 10.5H17M5.5 10.5H9" />
  </Icon>
);
