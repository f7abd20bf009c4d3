// Package static holds what browsers load beside the pages: one style sheet, one
// script, pictures. There is no build step: the style sheet and the script are
// put together from the files of css and js, in a fixed order, when they are
// first asked for.
//
// Every address carries a hash of its content (URL), so a response may be kept
// for ever: serve it with "Cache-Control: public, max-age=31536000, immutable".
package static
