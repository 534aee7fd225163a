// Reads deny.toml: sections of `key = value`, where a value is a string, a truth value, a list or an inline table.
// That is all the file needs; anything else is refused rather than guessed at.

/** Takes a comment off a line, minding that a hash may stand inside quotes. */
function withoutComment(line) {
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    if (line[i] === '"') quoted = !quoted;
    if (line[i] === "#" && !quoted) return line.slice(0, i);
  }
  return line;
}

/** A TOML value becomes JSON by naming keys with colons and dropping the last comma of a list. */
function value(text) {
  const json = text.replaceAll(/([A-Za-z][\w-]*)\s*=/g, '"$1":').replaceAll(/,\s*([\]}])/g, "$1");
  return JSON.parse(json);
}

function open(text) {
  return (text.match(/[[{]/g) ?? []).length > (text.match(/[\]}]/g) ?? []).length;
}

export function parsePolicy(toml) {
  const policy = {};
  let section;
  let pending = "";
  for (const raw of toml.split("\n")) {
    const line = `${pending} ${withoutComment(raw)}`.trim();
    if (line === "") continue;
    const header = line.match(/^\[([\w.-]+)\]$/);
    if (header) {
      section = policy[header[1]] = {};
      continue;
    }
    if (open(line)) {
      pending = line;
      continue;
    }
    const [, key, rest] = line.match(/^([\w-]+)\s*=\s*(.+)$/) ?? [];
    if (!key || !section) throw new Error(`deny.toml: "${line}" is not understood`);
    section[key] = value(rest);
    pending = "";
  }
  if (pending) throw new Error(`deny.toml: "${pending}" is not closed`);
  return policy;
}
