// Package agentapi is the Agent Chat API: its table of actions over
// chatserver/engine, and the login of agents.
//
// The table holds 3.6. What the ladder of protocol/version can convert is served
// by it in every version; what an older version does differently, or alone, has a
// handler at that version (older.go), and what it allows otherwise is a rule
// (rules.go). Which version has a method, on which transport and for which scopes
// stands in the ladder.
package agentapi
