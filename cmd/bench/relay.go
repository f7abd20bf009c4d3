package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// figures of one relay under one load.
type figures struct {
	name      string
	perPush   time.Duration   // processor time
	rounds    []time.Duration // the same of each round
	perAgent  memory          // idle
	p50, p99  time.Duration
	delivered int
	expected  int
}

// subject is a relay that is measured: the process, its upstream, its tabs.
type subject struct {
	figures
	up   *upstream
	c    *child
	tabs []*tab
	left context.CancelFunc // the tabs leave
	cpu  time.Duration      // used while pushes flowed and were counted
	sent int
}

// settle is how long a relay has to finish what signing in began: the reading of
// what is true, and the garbage of it.
const settle = 5 * time.Second

// arrive is how long the last pushes may take.
const arrive = 500 * time.Millisecond

// relayFigures measures the base, the program, and the program speaking 3.0, all
// with all their agents signed in, in turns of a few seconds: what else the
// machine does then costs each the same. They come in this order.
func relayFigures(o options, self, bin string) ([]figures, error) {
	web := func(version string) func(string) (*child, error) {
		return func(upstream string) (*child, error) { return startWeb(bin, upstream, version) }
	}
	var all []*subject
	for _, k := range []struct {
		name  string
		start func(upstream string) (*child, error)
	}{
		{"bare relay", func(upstream string) (*child, error) { return startBare(self, upstream) }},
		{"agentdesk", web("3.6")},
		{"agentdesk 3.0", web("3.0")},
	} {
		s, err := prepare(o, k.name, k.start)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k.name, err)
		}
		defer s.close()
		all = append(all, s)
	}
	for _, s := range all {
		flow(o, s.up, o.warm)
	}
	time.Sleep(arrive)
	from := time.Now()
	for range o.rounds {
		for _, s := range all {
			if err := s.round(o); err != nil {
				return nil, err
			}
		}
	}
	out := make([]figures, len(all))
	for i, s := range all {
		if err := s.finish(o, from); err != nil {
			return nil, err
		}
		out[i] = s.figures
	}
	return out, nil
}

// prepare starts a relay, signs agents in, opens their tabs and measures them
// idle.
func prepare(o options, name string, start func(upstream string) (*child, error)) (s *subject, err error) {
	s = &subject{figures: figures{name: name}, left: func() {}}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	if s.up, err = startUpstream(1, 3); err != nil {
		return s, err
	}
	if s.c, err = start(s.up.url); err != nil {
		return s, err
	}
	before, err := s.c.memory()
	if err != nil {
		return s, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.left = cancel
	if s.tabs, err = openTabs(ctx, o, s.c); err != nil {
		return s, fmt.Errorf("%w\n%s", err, s.c.logs)
	}
	time.Sleep(settle)
	idle, err := s.c.memory()
	if err != nil {
		return s, err
	}
	s.perAgent = idle.perAgent(before, o.agents)
	return s, nil
}

func (s *subject) close() {
	s.left()
	if s.c != nil {
		s.c.stop()
	}
	if s.up != nil {
		s.up.close()
	}
}

// round lets pushes flow and adds the processor time that they took.
func (s *subject) round(o options) error {
	recorded, err := s.record(o)
	if err != nil {
		return err
	}
	before, err := s.c.cpu()
	if err != nil {
		return err
	}
	sent := flow(o, s.up, o.duration/time.Duration(o.rounds))
	time.Sleep(arrive)
	after, err := s.c.cpu()
	if err != nil {
		return err
	}
	if sent == 0 {
		return errors.New("a round too short for one push")
	}
	s.sent += sent
	s.cpu += after - before
	s.rounds = append(s.rounds, (after-before)/time.Duration(sent*o.tabs))
	return recorded()
}

// finish takes what arrived of the pushes sent since from.
func (s *subject) finish(o options, from time.Time) error {
	s.left()
	var all []time.Duration
	for _, t := range s.tabs {
		<-t.done
		for _, d := range t.delays {
			if d.sent >= from.UnixNano() {
				all = append(all, d.took)
			}
		}
	}
	s.delivered, s.expected = len(all), s.sent*o.tabs
	if len(all) == 0 {
		return fmt.Errorf("%s: no push arrived\n%s", s.name, s.c.logs)
	}
	slices.Sort(all)
	s.p50, s.p99 = all[len(all)/2], all[len(all)*99/100]
	s.perPush = s.cpu / time.Duration(s.delivered)
	return nil
}

// flow pushes at the rate for a time, spread evenly, and counts.
func flow(o options, up *upstream, long time.Duration) (sent int) {
	gap := time.Duration(float64(time.Second) / (o.rate * float64(o.agents)))
	next, end := time.Now(), time.Now().Add(long)
	for time.Now().Before(end) {
		for !next.After(time.Now()) {
			up.push(token(sent % o.agents))
			sent++
			next = next.Add(gap)
		}
		time.Sleep(min(gap, time.Millisecond))
	}
	return sent
}
