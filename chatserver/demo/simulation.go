package demo

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"agentdesk/chatserver/engine"
)

// Options of NewSimulation. Zero fields have defaults.
type Options struct {
	Guests int           // customers at once, at most 6; 5
	Every  time.Duration // between two arrivals, roughly; 25 s
	Seed   uint64        // of the dice; 0: another each time
	Logger *slog.Logger
}

// MaxGuests is how many simulated customers there are at most at once.
const MaxGuests = 6

// guestDomain marks simulated customers, so that a later run finds those whose
// chats are still open.
const guestDomain = "@guest.example"

// Simulation is customers who come, write, wait, answer and leave at human
// speed, and a colleague who answers some of them while nobody is signed in as
// him. It is safe for concurrent use; Run may run once at a time.
type Simulation struct {
	e     *engine.Engine
	o     Options
	langs []*language
	log   *slog.Logger

	photos int // width of the pictures they send

	mu      sync.Mutex
	dice    *rand.Rand
	here    map[*caller]bool
	gone    []*caller // who may come back
	working *colleague
}

// NewSimulation prepares a simulation on an engine that Seed has filled.
func NewSimulation(e *engine.Engine, o Options) (*Simulation, error) {
	if o.Guests <= 0 {
		o.Guests = 5
	}
	o.Guests = min(o.Guests, MaxGuests)
	if o.Every <= 0 {
		o.Every = 25 * time.Second
	}
	if o.Seed == 0 {
		o.Seed = rand.Uint64()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	all, err := loadTalk()
	s := &Simulation{e: e, o: o, log: o.Logger, photos: photoWidth, dice: rand.New(rand.NewPCG(o.Seed, 1)), here: map[*caller]bool{}}
	for _, code := range []string{"en", "en", "en", "de", "pl", "es"} { // who can answer; every second speaks English
		if l := all[code]; l != nil {
			s.langs = append(s.langs, l)
		}
	}
	return s, err
}

// Run lets customers come until ctx ends, and returns when all have left. Their
// open chats stay open and are taken up by the next Run.
func (s *Simulation) Run(ctx context.Context) {
	var work sync.WaitGroup
	defer work.Wait()
	s.mu.Lock()
	s.working = newColleague(s)
	s.mu.Unlock()
	work.Go(func() { s.working.run(ctx) })
	for _, c := range s.takeUp(ctx) {
		s.enter(ctx, &work, c)
	}
	// The first ones come soon, so that there is something to see.
	for _, after := range []time.Duration{1500 * time.Millisecond, 2500 * time.Millisecond, 4 * time.Second, 6 * time.Second} {
		if !sleep(ctx, after) {
			return
		}
		s.arrive(ctx, &work)
	}
	for sleep(ctx, s.between(s.o.Every/2, s.o.Every*3/2)) {
		s.arrive(ctx, &work)
	}
}

// arrive lets one more customer in, where there is room.
func (s *Simulation) arrive(ctx context.Context, work *sync.WaitGroup) {
	s.mu.Lock()
	if len(s.here) >= s.o.Guests {
		s.mu.Unlock()
		return
	}
	c := s.cast()
	s.mu.Unlock()
	s.enter(ctx, work, c)
}

func (s *Simulation) enter(ctx context.Context, work *sync.WaitGroup, c *caller) {
	s.mu.Lock()
	s.here[c] = true
	s.mu.Unlock()
	work.Go(func() {
		err := c.live(ctx)
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.here, c)
		if err != nil && ctx.Err() == nil {
			s.log.Debug("a simulated customer gave up", "err", err)
			return
		}
		if c.chat != "" && len(s.gone) < 40 {
			s.gone = append(s.gone, c)
		}
	})
}

// cast chooses who comes and for which group: chats of Support go to whoever is
// there, those of Sales wait, and some the colleague answers. mu is held.
func (s *Simulation) cast() *caller {
	var count [3]int
	for c := range s.here {
		count[c.part]++
	}
	part := forSupport
	switch {
	case count[forSales] == 0 && count[forSupport] > 0:
		part = forSales
	case count[forColleague] == 0 && count[forSupport] > 0:
		part = forColleague
	case count[forSupport] >= 3:
		part = forSales
		if count[forSales] > count[forColleague] {
			part = forColleague
		}
	}
	var c *caller
	if n := len(s.gone); n > 3 && s.dice.IntN(4) == 0 {
		i := s.dice.IntN(n - 2)
		c = s.gone[i].again()
		s.gone = append(s.gone[:i], s.gone[i+1:]...)
	} else {
		c = &caller{s: s, r: s.newDice()}
		c.person = newPerson(c.r, pick(s.dice, s.langs))
		c.anonymous = false
		local, _, _ := strings.Cut(c.email, "@")
		c.email = local + guestDomain
	}
	c.part = part
	return c
}

// newDice gives every customer dice of its own. mu is held.
func (s *Simulation) newDice() *rand.Rand { return rand.New(rand.NewPCG(s.dice.Uint64(), 2)) }

// between is a random time.
func (s *Simulation) between(from, to time.Duration) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return from + time.Duration(s.dice.Int64N(int64(max(1, to-from))))
}

// sleep waits and reports whether ctx is still alive.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
