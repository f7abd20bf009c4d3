package upstream

import "sync"

// lane does things one after the other, in the order they were added. Its
// goroutine lives only while there is something to do, so that an idle lane
// costs nothing. The zero value is ready. Safe for concurrent use.
type lane struct {
	mu    sync.Mutex
	queue []func()
	busy  bool
}

// add appends a thing to do. start runs the lane's goroutine, so that its owner
// can wait for it; it must not block.
func (l *lane) add(do func(), start func(func())) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queue = append(l.queue, do)
	if !l.busy {
		l.busy = true
		start(l.drain)
	}
}

// size is how many things wait.
func (l *lane) size() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.queue)
}

func (l *lane) drain() {
	for {
		l.mu.Lock()
		if len(l.queue) == 0 {
			l.busy, l.queue = false, nil
			l.mu.Unlock()
			return
		}
		do := l.queue[0]
		l.queue = l.queue[1:]
		l.mu.Unlock()
		do()
	}
}
