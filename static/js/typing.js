// Who types in the open chat is said to those who listen instead of looking,
// where they want it: once, not often, and not what is typed.

const typing = (() => {
  let told = "", at = 0;
  return () => {
    const who = prefs.typing && $(".peek .typing, .peek [data-sneak-peek] span")?.textContent || "";
    if (who === told || who && (Date.now() - at < 5000 || byId("live").textContent)) return;
    told = who;
    if (who) { at = Date.now(); say(who); }
  };
})();
