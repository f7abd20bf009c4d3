// Package axe holds axe-core, which finds faults of accessibility in a page that
// stands in a browser. Only tests use it; nothing of it is part of the program.
//
// testdata/axe.min.js is that file of version 4.14.1 of the npm package
// axe-core, unchanged, under the Mozilla Public License 2.0 (testdata/LICENSE).
// To renew it take the file from a newer package, and write its SHA-256 sum into
// the test.
package axe
