// Package desk says what an agent's desk is: chats, threads, events and people,
// what may happen to them (pushes), what an agent may do (commands), what may
// go wrong (Error), and the Board, which is what one agent sees right now.
//
// It imports nothing of ours and knows neither wire nor HTML. Values are plain
// data. A Board has one owner and is not safe for concurrent use; everything it
// hands out by its view methods is a copy that may be kept and shared.
package desk
