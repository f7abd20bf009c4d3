package axe

// What axe-core does not measure. Each is an expression that gives text, "" where
// all is well, about the page as it stands in its window.

// Wide names what is wider than the window (WCAG 2.2, 1.4.10). A long name that
// ends in an ellipsis is no wider than what shows it, and what scrolls for itself
// is left out.
const Wide = `(() => {
	const w = innerWidth, out = [];
	const inside = r => r.right <= w + 1 && r.left >= -1;
	const cut = el => {
		for (let p = el.parentElement; p && p !== document.body; p = p.parentElement)
			if (getComputedStyle(p).textOverflow === "ellipsis" && inside(p.getBoundingClientRect())) return true;
		return false;
	};
	if (document.documentElement.scrollWidth > w) out.push("page " + document.documentElement.scrollWidth);
	for (const el of document.querySelectorAll("body *")) {
		const r = el.getBoundingClientRect();
		if (r.width && !inside(r) && !cut(el) && !el.closest(".hidden, .skip, .rich, .menu, details:not([open]) > *:not(summary)")) out.push(el.tagName + "." + el.className + " " + Math.round(r.right));
	}
	return out.slice(0, 4).join("; ");
})()`

// Cut names what is cut when text has the spacing of WCAG 2.2, 1.4.12. The page
// has its own spacing again afterwards.
const Cut = `(() => {
	const style = document.createElement("style"), out = [];
	style.textContent = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }";
	document.head.append(style);
	if (document.documentElement.scrollWidth > innerWidth) out.push("page " + document.documentElement.scrollWidth);
	for (const el of document.querySelectorAll("button, .btn, summary, label, h1, h2")) {
		const s = getComputedStyle(el);
		if (el.checkVisibility() && !el.matches(".hidden") && (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 1) && s.overflow === "hidden" && s.textOverflow !== "ellipsis") out.push(el.outerHTML.slice(0, 80));
	}
	style.remove();
	return out.slice(0, 4).join("; ");
})()`

// Small names what is pressed and smaller than 24 by 24 (WCAG 2.2, 2.5.8): no link
// in a sentence, no control of the browser's own, and nothing whose label is large
// enough.
const Small = `(() => {
	const out = [], big = r => r.width >= 23.5 && r.height >= 23.5;
	for (const el of document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden]), [role=option], [role=menuitem], [tabindex='0']")) {
		const r = el.getBoundingClientRect();
		if (!r.width || !el.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) || el.closest(".hidden, .skip") || el.matches(".skip, [role=log]") || big(r)) continue;
		const over = getComputedStyle(el, "::after");
		if (over.position === "absolute" && over.inset === "0px") continue; // what it stands in is pressed
		if (el.closest("label") && big(el.closest("label").getBoundingClientRect())) continue;
		if (el.matches("a") && getComputedStyle(el).display === "inline" && el.closest("p, li, dd, td, small") && el.parentElement.innerText.trim().length > el.innerText.trim().length) continue;
		out.push(Math.round(r.width) + "x" + Math.round(r.height) + " " + el.outerHTML.slice(0, 120));
	}
	return out.slice(0, 6).join("; ");
})()`

// Obscured gives the focus to one thing after the other and names those of which
// nothing can be seen then (WCAG 2.2, 2.4.11). The focus goes back to where it was.
const Obscured = `(() => {
	const out = [], was = document.activeElement, top = document.querySelector("dialog[open]") || document;
	for (const el of top.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden]), [tabindex='0']")) {
		if (el.disabled || el.tabIndex < 0 || !el.checkVisibility({ visibilityProperty: true }) || !el.getClientRects().length) continue;
		el.focus();
		if (document.activeElement !== el) continue;
		let box = el;
		if (el.matches("input") && el.closest("label") && (r => r.width < 4 || r.height < 4 || getComputedStyle(el).opacity === "0")(el.getBoundingClientRect())) box = el.closest("label");
		const seen = [...box.getClientRects()].some(r => [.5, .1, .9].some(x => [.5, .1, .9].some(y => {
			const at = document.elementFromPoint(r.left + r.width * x, r.top + r.height * y);
			return at && (box.contains(at) || at.contains(box) && at.closest("label, a, button, summary") === at);
		})));
		if (!seen) out.push(el.outerHTML.slice(0, 140));
	}
	was?.focus?.({ preventScroll: true });
	return out.slice(0, 6).join("; ");
})()`

// Moving names what moves although the person wants no motion.
const Moving = `(() => {
	const out = document.getAnimations().filter(a => a.playState === "running").map(a => "runs " + (a.animationName || a.transitionProperty));
	for (const el of [document.documentElement, ...document.querySelectorAll("body *")]) {
		const s = getComputedStyle(el);
		if (parseFloat(s.transitionDuration) > 0 && s.transitionProperty !== "none" || s.animationName !== "none" || s.scrollBehavior === "smooth") out.push(el.outerHTML.slice(0, 80));
	}
	return out.slice(0, 4).join("; ");
})()`
