// Package upstream keeps one live connection per agent to a server of the Agent
// Chat API, as its client: dial, login, supervise, read what is true after each
// login, and turn pushes into changes of the agent's Board.
//
// # Parts
//
// A Registry holds the sessions, one per agent however many tabs are open. A
// Session is an actor: one goroutine at a time owns the Board, the session's
// own or, for the time of a frame, the one that reads the socket; everything
// else asks. run is the supervisor, which alone decides whether to try again;
// attempt is one connection from dial to end, and says why it ended. A link is
// one socket: a goroutine reads and decodes, a lane writes. The lane's goroutine
// lives only while there is something to write, so an idle agent costs two
// goroutines.
//
// # Nothing is replayed
//
// The API has no cursor: after a login whatever was missed is only to be had by
// reading. So pushes are held from the login on, the chats are read, the Board
// is reset, the held pushes are applied, and only then the session is online
// (resync.go). A single chat that is read later goes the same way (load.go).
//
// # Sent exactly once
//
// A message's row is committed to the Outbox before it is written to the
// socket. Where its answer is lost the message is neither sent nor failed but
// unknown: it is looked up by its custom_id before anything else is done with
// it (send.go, lookup.go).
//
// # Tokens
//
// A Token shows as "***" wherever it is printed, encoded or logged. It leaves
// the package in the login request and in the Authorization header only.
package upstream
