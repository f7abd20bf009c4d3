// Package chatserver is the embedded chat server: agents reach it through the
// Agent Chat API, customers through the Customer Chat API and the widget.
//
//	store      what is kept: one SQLite database
//	engine     the rules: who may do what, what happens, who is told
//	transport  websockets and HTTP posts, for both APIs
//	agentapi   the agents' table of actions
//	configapi  what administrators set up
//	customerapi  the customers' table of actions, and their tokens
//	widget     the chat window for customers, and the demo shop
//	accounts   tokens for e-mail and password
//	files      uploads, served safely
//
// A Server is an http.Handler. Mounted below a base path it wants that path
// stripped (http.StripPrefix).
package chatserver
