package axe

import (
	_ "embed"
	"strings"
)

// Script defines the global axe in a page.
//
//go:embed testdata/axe.min.js
var Script string

// Every rule of WCAG 2.2 up to level AA, and what is good practice.
const all = `runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}`

// Check is an expression whose promise gives the violations in the page as text,
// "" where there are none. With rules only these are checked, by their names; a
// name behind a minus is left out of all.
func Check(rules ...string) string {
	options := all
	if len(rules) > 0 && strings.HasPrefix(rules[0], "-") {
		options += `, rules: {"` + rules[0][1:] + `": {enabled: false}}`
	} else if len(rules) > 0 {
		options = `runOnly: {type: "rule", values: ["` + strings.Join(rules, `", "`) + `"]}`
	}
	return `axe.run(document, {` + options + `, resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + ": " + v.help + v.nodes.slice(0, 3).map(n =>
		"\n    " + n.target.join(" ") + " " + n.html.slice(0, 160) + "\n      " + n.failureSummary.replace(/\s+/g, " ").slice(0, 300)).join("")).join("\n"))`
}
