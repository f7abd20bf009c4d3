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
// # Versions
//
// All of the package thinks in the words of 3.6. A dialect (dialect.go) steps
// requests down to the version of the connection before they are written, and
// answers and pushes up as they are read, a push from the version that it names.
// What a version has no method for is found another way: a chat and its threads
// before 3.2 (history.go), the active chats before 3.6 (listing.go), a file's
// message at 3.0 (spool.go), customers (customers.go), who can take a chat
// (queries.go). What cannot be done at all is refused, and desk.Can tells pages
// not to offer it. pushes.go has every push, and why some mean nothing here.
//
// # Tokens
//
// A Token shows as "***" wherever it is printed, encoded or logged. It leaves
// the package in the login request and in the Authorization header only.
package upstream
