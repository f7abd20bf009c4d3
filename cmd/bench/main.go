package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

type options struct {
	agents, tabs int
	rate         float64
	duration     time.Duration
	rounds       int
	warm         time.Duration
	chats        int
	events       int
	web          string
	perf         string
	browser      bool
}

func main() {
	var o options
	bare := flag.String("bare", "", "")
	flag.IntVar(&o.agents, "agents", 300, "signed-in agents")
	flag.IntVar(&o.tabs, "tabs", 1, "browser tabs of each agent")
	flag.Float64Var(&o.rate, "rate", 2, "pushes per second to each agent")
	flag.DurationVar(&o.duration, "duration", 20*time.Second, "how long pushes flow to each relay")
	flag.IntVar(&o.rounds, "rounds", 8, "in how many turns")
	flag.DurationVar(&o.warm, "warm", 3*time.Second, "how long pushes flow before that, unmeasured")
	flag.IntVar(&o.chats, "chats", 10_000, "chats in the long list")
	flag.IntVar(&o.events, "events", 10_000, "events in the long chat")
	flag.StringVar(&o.web, "web", "", "the program to measure; built from ./cmd/web where empty")
	flag.StringVar(&o.perf, "perf", "", "a folder for profiles of every round, made by the kernel's perf")
	flag.BoolVar(&o.browser, "browser", false, "measure what a browser does with the inbox instead")
	flag.Parse()
	if *bare != "" { // the child process that is the base
		if err := serveBare(*bare); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	bin, clean, err := build(o.web)
	if err != nil {
		return err
	}
	defer clean()
	if o.browser {
		return browserFigures(o, bin)
	}
	fmt.Printf("agents %d · tabs %d · %.1f pushes/s each · %s\n\n", o.agents, o.tabs, o.rate, o.duration)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	relays, err := relayFigures(o, self, bin)
	if err != nil {
		return err
	}
	printRelay(relays[0], relays[1])
	printOld(relays[1], relays[2])
	return pageFigures(o, bin)
}
