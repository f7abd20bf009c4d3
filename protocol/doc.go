// Package protocol holds the words of the Agent Chat API and the Customer Chat
// API: the envelope, the canonical structures (shaped like v3.6), the names of
// methods and pushes, and the error shape.
//
// It is the neutral ground between upstream (which speaks as a client) and
// chatserver (which speaks as a server): words only, no sockets, no clocks, no
// state. It imports nothing of ours.
//
// Decoding is strict about form and lenient about content. A document with a
// duplicate key, invalid UTF-8 or excessive depth is refused, keys match by
// exact case, and an unknown field is kept in Extra and written back on
// encoding. An unknown action, push or event type is data, never an error.
//
// Everything here is safe for concurrent use as long as the values themselves
// are not shared while being changed.
package protocol
