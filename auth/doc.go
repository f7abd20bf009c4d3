// Package auth knows who a browser is: how a session begins, what its cookie
// looks like, when it ends, and which requests may speak for it.
//
// The cookie holds a random id and nothing else. The store keeps the id's
// SHA-256, so a copy of the database signs nobody in, and the agent's token at
// the chat server sealed with AES-256-GCM. Ids change at every sign-in.
// Sessions end when they are idle or old, whatever the browser thinks, and
// whoever watches (OnEnd) is told at once, so that open streams end with them.
//
// Forms are protected by where a request comes from (Sec-Fetch-Site and
// Origin) rather than by tokens in pages. Manager is safe for concurrent use.
package auth
