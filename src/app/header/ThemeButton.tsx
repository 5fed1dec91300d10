// Light, dark, or as the system has it.
import type { ComponentType } from "react";
import { type ThemeChoice, usePage } from "../store/page";
import { AutoIcon, MoonIcon, SunIcon } from "../ui/icons";

const next: Readonly<Record<ThemeChoice, ThemeChoice>> = {
  auto: "light",
  light: "dark",
  dark: "auto",
};
const words: Readonly<Record<ThemeChoice, string>> = {
  auto: "as the system",
  light: "light",
  dark: "dark",
};
const icons: Readonly<Record<ThemeChoice, ComponentType>> = {
  auto: AutoIcon,
  light: SunIcon,
  dark: MoonIcon,
};

export function ThemeButton({ className }: { readonly className: string }) {
  const theme = usePage((page) => page.theme);
  const Icon = icons[theme];
  const label = `Theme: ${words[theme]}. Change to ${words[next[theme]]}.`;
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      title={label}
      onClick={() => usePage.getState().setTheme(next[theme])}
    >
      <Icon />
    </button>
  );
}
