// Package widget serves the customers' side in the browser: the loader that a
// shop includes (/widget.js), the frame with the chat (/widget), and a demo shop
// that carries it (/demo/shop).
//
// The widget speaks the dashboard's five languages, from catalogues in the same
// format (assets/words): the one that the script's tag asks for by data-lang, else
// that of the page around it, else the browser's. The English text is the key.
// The demo shop comes in the language that its ?lang= asks for, else the browser's
// (assets/shop), and the widget with it.
//
// The files are plain HTML, CSS and JavaScript, embedded, without a build step
// or outside addresses. The frame speaks the Customer Chat API v3.6 with the
// server it came from; all its addresses are relative, so it works below any
// base path. Its policy allows scripts and styles of this server only, and it is
// the one page that any site may frame.
package widget
