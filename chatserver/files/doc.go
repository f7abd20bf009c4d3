// Package files serves what agents and customers have sent each other. Whoever
// knows an address may read it: the id is 256 random bits. What is served can
// never run in a browser as a page of this server.
package files
