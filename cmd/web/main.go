package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

func main() { os.Exit(run(os.Args[1:])) }

// run is main with a status: 0 after a graceful stop, 1 where the program could
// not run, 2 for a setting it does not understand.
func run(args []string) int {
	set, err := loadSettings(args, os.LookupEnv)
	if errors.Is(err, flag.ErrHelp) {
		printHelp(os.Stdout)
		return 0
	}
	status := 2
	if err == nil {
		status, err = 1, serve(set)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "agentdesk:", err)
		return status
	}
	return 0
}
