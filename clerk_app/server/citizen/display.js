// 号屏: takes news from its own server, keeps the last good data when there is none, and says so.
"use strict";
(() => {
  const board = document.getElementById("board");
  const pause = document.getElementById("pause");
  const clock = document.getElementById("clock");
  const silent = Number(board.dataset.silent); // ms without a word, after which it stands still
  const begun = performance.now();
  let heard = begun; // when the last word came
  let hallTime = Number(board.dataset.now); // the hall's own clock at that moment, its zone counted in
  let shown = board.dataset.call;
  let stale = document.body.classList.contains("stale");
  let pausedInside = pause.innerHTML;
  let cut = false;
  let stream = null;
  let opened = -Infinity;
  let asking = false;

  function put(name, html) {
    if (name === "pause") pausedInside = html;
    if (name === "pause" && cut) return;
    document.getElementById(name).innerHTML = html;
  }

  function flash() {
    const pane = document.getElementById("call");
    pane.classList.remove("flash");
    void pane.offsetWidth; // so that the same animation begins anew
    pane.classList.add("flash");
  }

  function take(text) {
    const news = JSON.parse(text);
    if (news.version !== board.dataset.version) {
      if (performance.now() - begun > 30000) location.reload();
      return;
    }
    heard = performance.now();
    hallTime = news.now;
    for (const [name, html] of Object.entries(news.parts)) put(name, html);
    stale = news.stale;
    if (cut) {
      cut = false;
      pause.innerHTML = pausedInside;
    }
    document.body.classList.toggle("stale", stale);
    if (news.call !== shown) {
      shown = news.call;
      if (shown) flash();
    }
    tick();
  }

  function open() {
    if (stream) stream.close();
    opened = performance.now();
    stream = new EventSource(board.dataset.news + "/live" + location.search);
    stream.onmessage = (event) => take(event.data);
  }

  async function ask() {
    asking = true;
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), 5000);
    try {
      const answer = await fetch(board.dataset.news + "/now" + location.search, { cache: "no-store", signal: giveUp.signal });
      if (answer.ok) take(await answer.text());
    } catch (error) {
      // Nobody answers: the next tick says how long already.
    } finally {
      clearTimeout(timer);
      asking = false;
    }
  }

  function standStill() {
    cut = true;
    pause.replaceChildren(document.getElementById("cut").content.cloneNode(true));
    pause.querySelector("time").textContent = new Date(hallTime).toISOString().slice(11, 19);
    document.body.classList.add("stale");
  }

  function tick() {
    const now = performance.now();
    const silence = now - heard;
    const words = new Date(hallTime + silence).toISOString().slice(11, 16);
    if (clock.textContent !== words) clock.textContent = words;
    if (silence > silent && !cut) standStill();
    if (silence > silent / 2 && !asking) ask();
    // A stream the browser gave up, or one that brings nothing, is opened anew; not by all screens at one moment.
    const dead = stream.readyState === EventSource.CLOSED || silence > silent;
    if (dead && now - opened > 5000 + Math.random() * 5000) open();
  }

  open();
  if (document.getElementById("call").classList.contains("new")) flash();
  setInterval(tick, 1000);
})();
