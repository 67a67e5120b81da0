// Makes the tables of a page sortable and filterable, and saves them for Excel. Without it they read as they are.
"use strict";
(() => {
  const MISSING = "–";
  const ROWS_WORTH_FILTERING = 6;
  const NUMBER = /^([+−]?(?:\d{1,3}(?: \d{3})+|\d+)(?:,\d+)?)(?: ([^(;]+?))?(?:(?: (?=\()|; )(.+))?$/;
  const swedish = new Intl.Collator("sv", { numeric: true });

  /** The text of an element as it is seen: without sources, assumptions, words for screen readers and runs of spaces. */
  function seen(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("[popover], .source-button, .hidden, .assumed").forEach((part) => part.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  /** An element with properties and children. */
  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  function enhance(table) {
    const headers = [...table.tHead.rows[0].cells].filter((header) => seen(header));
    const columns = headers.map((header) => ({ title: seen(header), isNumber: header.classList.contains("number") }));
    const bodies = [...table.tBodies].map((body) => {
      const heading = body.querySelector(".group");
      const rows = [...body.rows].filter((row) => row !== heading);
      return { body, heading: heading ? seen(heading) : "", rows };
    });
    const rows = bodies.flatMap((body) => body.rows);
    if (!rows.length) return;
    const texts = new Map(rows.map((row) => [row, columns.map((_, place) => seen(row.cells[place]))]));
    const caption = seen(table.caption);
    const status = make("span", { className: "soft" });
    status.setAttribute("role", "status");
    const tools = make("div", { className: "tools" });

    /** Below zero if the first row comes before the second; rows without a value come last either way. */
    function compare(place, way, first, second) {
      const [one, other] = [first, second].map((row) => value(texts.get(row)[place], columns[place].isNumber));
      if (one === null || other === null) return (one === null) - (other === null);
      return way * (typeof one === "number" && typeof other === "number" ? one - other : swedish.compare(one, other));
    }

    /** Sort each group; totals stay where they are. An empty way restores the printed order. */
    function sort(place, way) {
      for (const { body, rows } of bodies) {
        const parts = rows.filter((row) => !row.classList.contains("total"));
        if (way) parts.sort((one, other) => compare(place, way === "ascending" ? 1 : -1, one, other));
        body.append(...rows.map((row) => (row.classList.contains("total") ? row : parts.shift())));
      }
      headers.forEach((header, at) => {
        if (at === place && way) header.setAttribute("aria-sort", way);
        else header.removeAttribute("aria-sort");
      });
      choice.value = way ? `${place} ${way}` : "";
    }

    function filter(words) {
      const wanted = words.toLocaleLowerCase("sv").split(/\s+/).filter(Boolean);
      let left = 0;
      for (const { body, heading, rows } of bodies) {
        for (const row of rows) {
          const text = [heading, ...texts.get(row)].join(" ").toLocaleLowerCase("sv");
          row.hidden = !wanted.every((word) => text.includes(word));
          left += !row.hidden;
        }
        body.hidden = rows.every((row) => row.hidden);
      }
      status.textContent = wanted.length ? `${left} av ${rows.length} rader` : "";
    }

    headers.forEach((header, place) => {
      const button = make("button", { type: "button", className: "sort" }, ...header.childNodes);
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: "" };
        const now = header.getAttribute("aria-sort");
        sort(place, now === null ? "ascending" : next[now]);
      });
      header.append(button);
    });
    const choice = make("select", {}, new Option("Som i rapporten", ""));
    columns.forEach(({ title }, place) => {
      choice.append(new Option(`${title}, stigande`, `${place} ascending`));
      choice.append(new Option(`${title}, fallande`, `${place} descending`));
    });
    choice.addEventListener("change", () => sort(Number(choice.value.split(" ")[0]), choice.value.split(" ")[1] ?? ""));
    if (rows.length >= ROWS_WORTH_FILTERING) {
      const field = make("input", { type: "search", autocomplete: "off" });
      field.addEventListener("input", () => filter(field.value));
      tools.append(make("label", {}, "Filtrera", hidden(` ${caption}`), field));
      tools.append(make("label", { className: "for-narrow" }, "Sortera", hidden(` ${caption}`), choice));
    }
    const save = make("button", { type: "button" }, "Hämta som csv", hidden(` för ${caption}`));
    save.addEventListener("click", () => saveFile(csv(bodies, columns, texts), caption));
    tools.append(save, status);
    table.before(tools);
  }

  function hidden(text) {
    return make("span", { className: "hidden" }, text);
  }

  /** What a cell sorts by: its number, its text, or null if it has none. */
  function value(text, isNumber) {
    if (text === "" || text === MISSING) return null;
    const found = isNumber && text.replace(/(\d) (?=\d{3})/g, "$1").match(/[+−-]?\d+(?:,\d+)?/);
    return found ? Number(found[0].replace("−", "-").replace(",", ".")) : text;
  }

  /** The rows that are shown, in their order, as Excel in Swedish opens them: semicolons, decimal commas, no spaces. */
  function csv(bodies, columns, texts) {
    const groups = bodies.map(({ body, heading }) => ({ heading, rows: [...body.rows].filter((row) => texts.has(row) && !row.hidden) }));
    const rows = groups.flatMap(({ heading, rows }) => rows.map((row) => ({ heading, row })));
    const parts = columns.map(({ title, isNumber }, place) => column(title, rows.map(({ row }) => texts.get(row)[place]), isNumber));
    const all = [{ header: "Grupp", cells: rows.map(({ heading }) => heading) }, ...parts.flat(), { header: "Antaget", cells: rows.map(({ row }) => assumed(row)) }, { header: "Källa", cells: rows.map(({ row }) => source(row)) }];
    const filled = all.filter(({ cells }) => cells.some(Boolean));
    const lines = [filled.map(({ header }) => header), ...rows.map((_, at) => filled.map(({ cells }) => cells[at]))];
    return lines.map((line) => line.map(quoted).join(";") + "\r\n").join("");
  }

  /** A column as one to three: numbers, their units unless all have the same one, and what is said about them. */
  function column(header, cells, isNumber) {
    const known = cells.map((text) => (text === MISSING ? "" : text));
    const found = isNumber ? known.map((text) => text.match(NUMBER)) : [];
    const units = found.map((match) => match?.[2] ?? "");
    const notes = { header: `${header}, anmärkning`, cells: found.map((match) => (match?.[3] ?? "").replace(/^\(([^()]*)\)$/, "$1")) };
    const numbers = known.map((text, at) => plain(text, found[at]));
    if (!units.some(Boolean)) return [{ header, cells: numbers }, notes];
    const isShared = new Set(units.filter((_, at) => known[at])).size === 1;
    if (isShared) return [{ header: `${header} (${units.find(Boolean)})`, cells: numbers }, notes];
    const rest = units.some((text) => /\d/.test(text)) ? "övrigt" : "enhet";
    return [{ header, cells: numbers }, { header: `${header}, ${rest}`, cells: units }, notes];
  }

  /** A number without spaces and with a hyphen for minus; a text that Excel would compute is marked as text. */
  function plain(text, match) {
    if (match) return match[1].replace(/[ +]/g, "").replace("−", "-");
    return /^[=+@-]/.test(text) ? `'${text}` : text;
  }

  /** What a row rests on that its report does not say. */
  function assumed(row) {
    return [...row.querySelectorAll(".assumed")].map((mark) => mark.textContent.trim()).join("; ");
  }

  /** Where the figures of a row are: document, section, table, row and page of each place, and what was corrected. */
  function source(row) {
    const line = ({ children }) => [...children].map((part) => part.textContent.trim()).join(" ");
    return [...row.querySelectorAll("[popover] .place")]
      .map((place) => [place.querySelector("b").textContent, ...[...place.querySelectorAll("dl > div")].map(line), ...[...place.querySelectorAll(".remark")].map(({ textContent }) => textContent.trim())].join(", "))
      .join(" | ");
  }

  function quoted(text) {
    return /[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  function saveFile(text, title) {
    const link = make("a", { download: `${title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 80)}.csv` });
    // The byte order mark tells Excel that the file is UTF-8.
    link.href = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/csv" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /** A link to a row in a part that is folded opens the part. */
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let part = target?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    target?.scrollIntoView();
  }

  document.querySelectorAll(".table > table").forEach(enhance);
  window.addEventListener("hashchange", reveal);
  if (location.hash) reveal();
})();
