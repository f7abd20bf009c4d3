// Makes an element equal to a new one while keeping what is the person's:
// focus, caret, what is typed, scrolling, opened folds.

/** Turns old into fresh and returns the element that now stands there. */
function morph(old, fresh) {
  if (fresh.dataset && "absent" in fresh.dataset) return old; // not told, so it stays as it is
  // What belongs to another chat has nothing to keep, and is quicker put in whole.
  if (old.nodeName !== fresh.nodeName || (old.id || "") !== (fresh.id || "") || old.dataset?.chatId !== fresh.dataset?.chatId) {
    old.replaceWith(fresh);
    return fresh;
  }
  if (old.isEqualNode(fresh)) return old;
  const keep = (old.dataset?.keep || "").split(" ");
  attributes(old, fresh, keep);
  if (old.nodeName === "TEXTAREA") {
    if (old.value === old.defaultValue && old !== document.activeElement) old.value = fresh.value;
    old.defaultValue = fresh.defaultValue;
  } else if (!keep.includes("children")) {
    children(old, fresh);
  }
  return old;
}

function attributes(old, fresh, keep) {
  const field = old.nodeName === "INPUT";
  const mine = name => keep.includes(name) ||
    field && (name === "value" && old.type !== "hidden" && old.value !== old.defaultValue || name === "checked") ||
    field && name === "value" && old.name === "custom_id";
  for (const { name, value } of [...fresh.attributes]) {
    if (old.getAttribute(name) !== value && !mine(name)) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !mine(name)) old.removeAttribute(name);
  }
}

/** Children go by id first, then by kind and order. data-local ones are the scripts' own and stay. */
function children(old, fresh) {
  const ids = new Map();
  for (const el of old.children) if (el.id) ids.set(el.id, el);
  const wanted = new Set();
  for (const el of fresh.children) if (el.id) wanted.add(el.id);
  let at = old.firstChild;
  const next = () => {
    while (at && (at.nodeType === 1 && at.hasAttribute("data-local") && !wanted.has(at.id))) at = at.nextSibling;
    return at;
  };
  for (const node of [...fresh.childNodes]) {
    next();
    const same = node.nodeType === 1 && node.id ? ids.get(node.id) : match(at, node, wanted);
    if (!same) {
      old.insertBefore(node, at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else move(old, same, at);
    if (same.nodeType === 1) morph(same, node);
    else if (same.nodeValue !== node.nodeValue) same.nodeValue = node.nodeValue;
  }
  while (next()) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

/** The next old node, where it may become this one. */
function match(at, node, wanted) {
  for (; at; at = at.nextSibling) {
    if (at.nodeType === 1 && (at.hasAttribute("data-local") || at.id)) {
      if (wanted.has(at.id) || at.hasAttribute("data-local")) return null;
      continue;
    }
    return at.nodeType === node.nodeType && at.nodeName === node.nodeName && !node.id ? at : null;
  }
  return null;
}

/** Moves a node without taking its focus away. Rows go the plain way: moved with its
 *  state, a row that was changed before keeps its old looks (Chromium 148). */
function move(parent, node, before) {
  if (node.nextSibling === before && node.parentNode === parent) return;
  if (parent.moveBefore && node.isConnected && parent.isConnected && node.parentNode && !node.classList?.contains("row")) {
    try { parent.moveBefore(node, before); return; } catch { /* across documents: the plain way */ }
  }
  const focus = node.contains(document.activeElement) ? document.activeElement : null;
  parent.insertBefore(node, before);
  if (focus && document.activeElement !== focus) focus.focus({ preventScroll: true });
}
