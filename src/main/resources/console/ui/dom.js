// The only file that knows what the pages are made with: another library would change this one alone.
import { h, render } from 'preact';
import htm from 'htm';

export { render, createContext } from 'preact';
export { useCallback, useContext, useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';

/** Makes nodes from a template, never markup: a text stays a text. */
export const html = htm.bind(h);
export const mount = (node, place) => {
  place.replaceChildren();
  render(node, place);
};
