package main

import (
	"bufio"
	"fmt"
	"net/http"
	"runtime"
	"strconv"
	"strings"
)

// memory is where a process's bytes are, as the process itself and the kernel
// tell. What is resident and neither heap nor stacks is the runtime's own and
// pages that are free but not given back yet.
type memory struct{ resident, heap, stacks int64 }

// rest is what is resident beyond heap and stacks.
func (m memory) rest() int64 { return m.resident - m.heap - m.stacks }

// perAgent is what a number of agents has added.
func (m memory) perAgent(before memory, agents int) memory {
	n := int64(agents)
	return memory{(m.resident - before.resident) / n, (m.heap - before.heap) / n, (m.stacks - before.stacks) / n}
}

const (
	heapMetric   = "go_memstats_heap_inuse_bytes"
	stacksMetric = "go_memstats_stack_inuse_bytes"
)

// memory asks the child's /metrics and the kernel.
func (c *child) memory() (m memory, err error) {
	res, err := http.Get(c.url + "/metrics")
	if err != nil {
		return m, err
	}
	defer res.Body.Close()
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		v, err := strconv.ParseFloat(value, 64)
		switch {
		case err != nil:
		case name == heapMetric:
			m.heap = int64(v)
		case name == stacksMetric:
			m.stacks = int64(v)
		}
	}
	if m.heap == 0 || m.stacks == 0 {
		return m, fmt.Errorf("GET /metrics answered %s without figures of memory", res.Status)
	}
	m.resident, err = c.rss()
	return m, err
}

// metrics is what the base tells of itself, named as the program's.
func (b *bare) metrics(w http.ResponseWriter, _ *http.Request) {
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	fmt.Fprintf(w, "%s %d\n%s %d\n", heapMetric, s.HeapInuse, stacksMetric, s.StackInuse)
}
