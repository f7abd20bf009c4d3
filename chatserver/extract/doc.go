// Package extract makes the summaries of threads. It writes nothing of its own:
// it picks the sentences that say most of what a customer and an agent talked
// about, and says that it did so.
package extract
