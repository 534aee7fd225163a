// Licence expressions as crates state them: "MIT OR Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0", the old
// "MIT/Apache-2.0", "Apache-2.0 WITH LLVM-exception".

function tokens(expression) {
  return expression.replaceAll("/", " OR ").match(/\(|\)|[^\s()]+/g) ?? [];
}

/** Whether the expression can be met with licences of the list alone. */
export function permitted(expression, allowed) {
  const rest = tokens(expression);
  const either = () => {
    let holds = both();
    while (rest[0] === "OR") {
      rest.shift();
      const other = both();
      holds ||= other;
    }
    return holds;
  };
  const both = () => {
    let holds = one();
    while (rest[0] === "AND") {
      rest.shift();
      const other = one();
      holds &&= other;
    }
    return holds;
  };
  const one = () => {
    const token = rest.shift();
    if (token === "(") {
      const holds = either();
      return rest.shift() === ")" && holds;
    }
    if (rest[0] !== "WITH") return allowed.has(token);
    rest.shift();
    return allowed.has(`${token} WITH ${rest.shift()}`);
  };
  return rest.length > 0 && either() && rest.length === 0;
}
