// Package agentapi is the Agent Chat API: its table of actions over
// chatserver/engine, and the login of agents.
package agentapi
