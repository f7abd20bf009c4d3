// Package agentapi is the Agent Chat API: its table of actions over
// chatserver/engine, the login of agents, and the reads of the Configuration API
// that a dashboard needs.
package agentapi
