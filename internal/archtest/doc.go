// Package archtest holds the house rules that a compiler does not: who may
// import whom, that every package says what it is for, and that templates do
// not switch escaping off. It has only tests; they read the sources in this
// process, so that the test cache notices every change.
package archtest
