// Package words is the catalogue of the dashboard's languages: English, Polish,
// German, Spanish and Arabic.
//
// The English text is the key. A page says l.T("Close") or
// l.N(n, "%d message", "%d messages"), and gets the text in the language l.
// Where one English word stands for two things, a note behind " #" tells them
// apart and is not shown: "Open #state".
//
// A translation is an entry of catalogue/<tag>.json: a string, or for texts with
// a number an object with the plural forms that the language has (zero, one,
// two, few, many, other, as CLDR names them), under the text for many. Which
// form a number takes is asked of golang.org/x/text, whose tables are CLDR's.
// A text without an entry is shown in English.
package words
