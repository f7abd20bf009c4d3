package views

import (
	"maps"
	"slices"

	"github.com/a-h/templ"
)

// pictures are the desk's own: 24 units, strokes in the text's colour. They stand
// once in every page (sprite) and are never the only name of a control.
var pictures = map[string]string{
	"chats":    `<path d="M4 6.500A2.500 2.500 0 0 1 6.500 4h11A2.500 2.500 0 0 1 20 6.500v7a2.500 2.500 0 0 1-2.500 2.500H11l-4.500 4v-4A2.500 2.500 0 0 1 4 13.500z"/><path d="M8 8.500h8M8 11.800h5"/>`,
	"archives": `<path d="M3.500 5.500h17v4h-17zM5 9.500V19h14V9.500M10 13h4"/>`,
	"clock":    `<circle cx="12" cy="12" r="8.500"/><path d="M12 7.500V12l3 2"/>`,
	"search":   `<circle cx="11" cy="11" r="6.500"/><path d="m16 16 4.500 4.500"/>`,
	"attach":   `<path d="m20 11.500-8.300 8.300a5 5 0 0 1-7.100-7.100l8.500-8.500a3.400 3.400 0 0 1 4.800 4.800L9.500 17.400a1.700 1.700 0 0 1-2.400-2.400l7.600-7.600"/>`,
	"lock":     `<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`,
	"file":     `<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 12h6M9 16h6"/>`,
	"more":     `<path d="M5 12h.01M12 12h.01M19 12h.01"/>`,
	"back":     `<path d="m14.500 5-7 7 7 7"/>`,
	"fold":     `<path d="m6 9.500 6 6 6-6"/>`,
	"forward":  `<path d="m9.500 5 7 7-7 7"/>`,
	"down":     `<path d="M12 5v13M6 12.500l6 6 6-6"/>`,
	"up":       `<path d="M12 20V7M6 12.500l6-6 6 6"/>`,
	"filter":   `<path d="M4 6h16M7 12h10M10 18h4"/>`,
	"close":    `<path d="m6 6 12 12M18 6 6 18"/>`,
	"star":     `<path d="m12 4 2.400 5.200 5.600.700-4.100 3.900 1.100 5.600L12 16.600l-5 2.800 1.100-5.600L4 9.900l5.600-.700z"/>`,
	"download": `<path d="M12 4v11M7 10.500l5 5 5-5M5 20h14"/>`,
	"person":   `<circle cx="12" cy="8" r="4"/><path d="M4 20c1-4 4-6 8-6s7 2 8 6"/>`,
	"team":     `<circle cx="9" cy="9" r="3.500"/><path d="M2.500 19c.6-3.400 3-5 6.500-5s5.900 1.600 6.500 5M16 6a3 3 0 0 1 0 6M18 14.500c2 .6 3.200 2.200 3.500 4.500"/>`,
	"reports":  `<path d="M4 20h16M6.500 16.500v-5M12 16.500V5M17.500 16.500V9"/>`,
	"settings": `<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>`,
	"check":    `<path d="m5 12.500 4.500 4.500L19 7.500"/>`,
	"seen":     `<path d="m2.500 12.500 4.500 4.500L16.500 7.500M11.500 16l1 1L22 7.500"/>`,
	"warn":     `<path d="M12 4 2.500 20h19zM12 10v4.500M12 17.200v.01"/>`,
	"eye":      `<path d="M2.500 12C5 7.500 8.200 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-5.700 6.500-9.500 6.500S5 16.500 2.500 12z"/><circle cx="12" cy="12" r="2.800"/>`,
	"out":      `<path d="M10 5H5v14h14v-5M14 4.500h5.500V10M19 5l-8.500 8.500"/>`,
	"phone":    `<path d="M6 4h3.500l1.500 4-2 1.600a11 11 0 0 0 5.400 5.400l1.600-2 4 1.500V18a2 2 0 0 1-2 2A15 15 0 0 1 4 6a2 2 0 0 1 2-2z"/>`,
	"canned":   `<path d="M9.500 4 7.500 20M16.500 4l-2 16M4.500 9h16M3.500 15h16"/>`,
	"smile":    `<circle cx="12" cy="12" r="8.500"/><path d="M8.500 14a4 4 0 0 0 7 0M9 9.500v.01M15 9.500v.01"/>`,
	"pencil":   `<path d="m4.500 19.500 1-4L16 5l3 3L8.500 18.500zM14 7l3 3"/>`,
	"play":     `<path d="M8 5.500v13l10.500-6.500z"/>`,
	"arrow":    `<path d="M5 7v4a4 4 0 0 0 4 4h10M14.500 10.500 19 15l-4.500 4.500"/>`,
}

// icon draws a picture by reference. name is a literal.
func icon(name string) templ.Component {
	return byHand(func(m *markup) { m.icon(name) })
}

func (m *markup) icon(picture string) {
	m.raw(`<svg class="i" aria-hidden="true"><use href="#i-`, picture, `"/></svg>`)
}

// sprite holds the pictures that icon refers to.
func sprite() templ.Component {
	return byHand(func(m *markup) {
		m.raw(`<svg id="sprite" class="hidden" aria-hidden="true">`)
		for _, name := range slices.Sorted(maps.Keys(pictures)) {
			m.raw(`<symbol id="i-` + name + `" viewBox="0 0 24 24">` + pictures[name] + `</symbol>`)
		}
		m.raw(`</svg>`)
	})
}
