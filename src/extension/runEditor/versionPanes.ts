import type { ToRunEditor } from '../../runview/runEditorMessages.ts';

/** A page that shows one version of a run. */
export interface VersionPane {
  uri: { scheme: string; path: string; toString(): string };
  /** Its tab; `viewColumn` is undefined while it is nowhere. */
  view: { visible: boolean; viewColumn?: number | undefined };
  panel: { post(message: ToRunEditor): void };
}

/**
 * Finds the panes of a diff. VS Code opens each side as an editor of its own and does not tell that
 * they belong together; but nothing else shows two editors in one group at once.
 */
export class VersionPanes<Pane extends VersionPane> {
  /** Whether each was told that it has a partner. In the order of opening: left before right. */
  readonly #panes = new Map<Pane, boolean>();

  add(pane: Pane): void {
    this.#panes.set(pane, false);
    this.refresh();
  }

  remove(pane: Pane): void {
    this.#panes.delete(pane);
    this.refresh();
  }

  /** Tells the panes whose partner came or went; after a pane was moved, shown or hidden. */
  refresh(): void {
    for (const [pane, wasLinked] of this.#panes) {
      if ((this.partnerOf(pane) !== null) !== wasLinked) this.tell(pane);
    }
  }

  /** Tells a pane whether it has a partner. */
  tell(pane: Pane): void {
    const isLinked = this.partnerOf(pane) !== null;
    this.#panes.set(pane, isLinked);
    pane.panel.post({ type: 'versions', isLinked });
  }

  /** The pane of the other version beside; null where there is none. */
  partnerOf(pane: Pane): Pane | null {
    const others = [...this.#panes.keys()].filter((other) => isOtherSide(pane, other));
    return others[0] ?? null;
  }

  /** Both versions, the older one first; only its own where a pane has no partner. */
  versionsWith(pane: Pane): Pane['uri'][] {
    const partner = this.partnerOf(pane);
    const sides = [...this.#panes.keys()].filter((each) => each === pane || each === partner);
    // What is on disk is newer than what comes from elsewhere.
    return sides
      .map(({ uri }) => uri)
      .toSorted((a, b) => Number(a.scheme === 'file') - Number(b.scheme === 'file'));
  }
}

function isOtherSide(pane: VersionPane, other: VersionPane): boolean {
  return (
    other.uri.path === pane.uri.path &&
    other.uri.toString() !== pane.uri.toString() &&
    pane.view.visible &&
    other.view.visible &&
    pane.view.viewColumn !== undefined &&
    pane.view.viewColumn === other.view.viewColumn
  );
}
