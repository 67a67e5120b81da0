// Searches the names of the site's pages, tables and rows. The index is loaded when someone begins to search.
"use strict";
(() => {
  const MOST_SHOWN = 100;
  const form = document.querySelector("main form[role=search]");
  const field = form.elements.q;
  const list = document.querySelector("#traffar");
  const status = document.querySelector("main [role=status]");
  const lower = (text) => text.toLocaleLowerCase("sv").replace(/\s+/g, " ");
  let entries = null;
  let isLoading = false;

  function load() {
    if (isLoading) return;
    isLoading = true;
    const script = document.createElement("script");
    script.src = "search_index.js";
    script.onload = () => {
      entries = read(globalThis.searchIndex);
      search();
    };
    script.onerror = () => {
      status.textContent = "Sökregistret (search_index.js) går inte att läsa. Det ska ligga i samma mapp som sidan.";
    };
    document.head.append(script);
  }

  /** Pages, tables and rows alike: what they are called, where they are, and what they are part of. */
  function read({ pages, texts }) {
    return pages.flatMap(([file, title, parts]) => [
      entry(title, "", file, 0),
      ...parts.flatMap(([text, anchor, rows, anchors]) => {
        const [name, ofRows] = [texts[text], anchors.split(" ")];
        const address = (to) => (to ? `${file}#${to}` : file);
        const context = name ? `${name}, ${title}` : title;
        const own = name ? [entry(name, title, address(anchor), 1)] : [];
        return [...own, ...rows.map((row, at) => entry(texts[row], context, address(ofRows[at] || anchor), 2))];
      }),
    ]);
  }

  function entry(name, context, address, level) {
    return { name, context, address, level, inName: lower(name), inContext: lower(context) };
  }

  function search() {
    const words = lower(field.value).split(" ").filter(Boolean);
    if (!words.length) return show([], "");
    if (!entries) return load();
    const phrase = words.join(" ");
    const hits = entries.flatMap((it) => {
      if (!words.every((word) => it.inName.includes(word) || it.inContext.includes(word))) return [];
      return [{ it, rank: rank(it, words, phrase) }];
    });
    hits.sort((one, other) => one.rank - other.rank || one.it.name.length - other.it.name.length);
    const found = hits.length === 1 ? "En träff." : `${hits.length} träffar.`;
    const shown = hits.length > MOST_SHOWN ? ` De ${MOST_SHOWN} bästa visas; lägg till ett ord för att få färre.` : "";
    const cut = globalThis.searchIndex.hasRows ? "" : " Bara sidornas namn får plats i sökregistret.";
    show(hits.slice(0, MOST_SHOWN).map(({ it }) => it), hits.length ? found + shown + cut : `Inga träffar.${cut}`);
  }

  /** Lower is better: the whole name, its beginning, the beginning of a word in it, then inside; pages before rows. */
  function rank({ inName, level }, words, phrase) {
    if (inName === phrase) return level;
    if (inName.startsWith(phrase)) return 3 + level;
    if (words.every((word) => ` ${inName}`.includes(` ${word}`))) return 6 + level;
    if (words.every((word) => inName.includes(word))) return 9 + level;
    return (words.some((word) => inName.includes(word)) ? 12 : 15) + level;
  }

  function show(hits, message) {
    status.textContent = message;
    list.replaceChildren(...hits.map(({ name, context, address }) => {
      const link = Object.assign(document.createElement("a"), { href: address, textContent: name });
      const item = document.createElement("li");
      item.append(link);
      if (context) item.append(Object.assign(document.createElement("span"), { className: "soft", textContent: ` ${context}` }));
      return item;
    }));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?${new URLSearchParams({ q: field.value })}`);
    search();
  });
  field.addEventListener("input", search);
  field.addEventListener("focus", load, { once: true });
  document.querySelector("#utan-skript").remove();
  // Someone may have typed before this script was there.
  field.value ||= new URLSearchParams(location.search).get("q") ?? "";
  field.focus();
  search();
})();
