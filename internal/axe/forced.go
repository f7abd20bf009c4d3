package axe

// What Painted and Vanished share: whether an element, or what styles put before or
// behind its content, is set off from what it stands on by more than text.
const paints = `
	const clear = c => c === "transparent" || /^rgba\(.*, 0\)$|\/ 0\)$/.test(c);
	const ground = el => { for (; el; el = el.parentElement) { const c = getComputedStyle(el).backgroundColor; if (!clear(c)) return c; } return getComputedStyle(document.documentElement).getPropertyValue("color-scheme") };
	const paints = (el, part) => {
		const s = getComputedStyle(el, part), under = ground(part ? el : el.parentElement);
		if (part && (s.content === "none" || s.content === "normal")) return false;
		const seen = c => !clear(c) && c !== under;
		return seen(s.backgroundColor) || s.backgroundImage !== "none" || s.boxShadow !== "none" || s.outlineStyle !== "none" && seen(s.outlineColor) ||
			["Top", "Right", "Bottom", "Left"].some(x => s["border" + x + "Style"] !== "none" && parseFloat(s["border" + x + "Width"]) > 0 && seen(s["border" + x + "Color"]));
	};
	const parts = [undefined, "::before", "::after"];`

// Painted notes what shows without words in the page: dots, lines, marks, fields. It
// gives "", and is asked before the colours of the page are forced.
const Painted = `(() => {` + paints + `
	window.paintedParts = [];
	for (const el of document.querySelectorAll("body *")) {
		const r = el.getBoundingClientRect();
		if (!r.width || !r.height || !el.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || el.closest(".hidden, .skip, svg")) continue;
		for (const part of parts) {
			if (!part && !el.matches("input, textarea, select") && (el.innerText?.trim() || el.querySelector("svg, img, input, textarea, select"))) continue;
			if (paints(el, part)) window.paintedParts.push([el, part]);
		}
	}
	return "";
})()`

// Vanished names what Painted noted and what is not seen in forced colours, and what
// is chosen there and looks as what is not.
const Vanished = `(() => {` + paints + `
	const out = [];
	for (const [el, part] of window.paintedParts || []) {
		if (el.isConnected && el.checkVisibility() && !paints(el, part)) out.push(el.outerHTML.slice(0, 100) + (part || ""));
	}
	if (!window.paintedParts?.length || !matchMedia("(forced-colors: active)").matches) out.push("nothing was looked at");
	const look = el => { const s = getComputedStyle(el), back = s.backgroundColor; return [!clear(back) && back !== ground(el.parentElement) && back, s.color, s.borderColor, s.borderWidth, s.outlineStyle, s.fontWeight, s.textDecorationLine].join(" "); };
	const faces = label => [label, ...label.querySelectorAll(":scope > :not(input)")].map(look).join("; ");
	for (const el of document.querySelectorAll("label:has(input[type=radio]:checked)")) {
		const other = [...el.parentElement.children].find(x => x !== el && x.matches("label:has(input[type=radio]:not(:checked))")), r = el.querySelector("input").getBoundingClientRect();
		if (other && el.checkVisibility() && (r.width < 4 || getComputedStyle(el.querySelector("input")).opacity === "0") && faces(el) === faces(other)) out.push("chosen or not: " + el.outerHTML.slice(0, 100));
	}
	return out.slice(0, 8).join("; ");
})()`
