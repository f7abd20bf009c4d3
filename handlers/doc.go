// Package handlers turns HTTP into desk commands and desk state into pages. It
// declares the interfaces it needs of others; it never speaks to the chat
// server itself.
package handlers
