// Keys for the record page. Everything here presses a button or link that is on the page anyway:
// an element names its keys in data-keys, and a key presses the innermost element that can be seen.
"use strict";

(() => {
  // After a new record appears, keys rest this long: a double press must not judge a record nobody has seen.
  const REST_MS = 300;
  const FIELD = "input:not([type=checkbox]):not([type=hidden]), textarea, select, [contenteditable]";
  const PRESSABLE = "a, button, summary, input";

  let restsUntil = 0;
  let bouncesUntil = 0; // so long after the reasons opened a second E is the first one's bounce, not an answer
  let isSending = false;

  const find = (selector) => document.querySelector(selector);
  const desk = () => find("#desk");

  function remembered(name) {
    try { return localStorage.getItem(`greysift.${name}`); } catch { return null; }
  }

  function remember(name, value) {
    try { localStorage.setItem(`greysift.${name}`, value); } catch { /* private window: not remembered */ }
  }

  function say(sentence) {
    const line = document.createElement("p");
    line.className = "message error";
    line.textContent = sentence;
    find("#messages").replaceChildren(line);
  }

  function target(key) {
    const named = [...document.querySelectorAll(`[data-keys~="${CSS.escape(key)}"]`)];
    return named.filter((element) => element.checkVisibility()).pop();
  }

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    if (remembered("keys") === "off" && event.key !== "?") return;
    if (event.target.closest(FIELD) || find("dialog[open]")) return;
    const reasons = find("details.vote[open]");
    if (event.key === "Escape" && reasons) {
      reasons.open = false;
      reasons.querySelector("summary").focus();
      return;
    }
    if (event.key === "Enter" && event.target.closest(PRESSABLE)) return;
    const wanted = target(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (!wanted) return;
    event.preventDefault();
    if (isSending || performance.now() < restsUntil) return;
    const opensOrAnswers = event.key.toLowerCase() === "e";
    if (reasons && opensOrAnswers && performance.now() < bouncesUntil) return;
    if (!reasons && opensOrAnswers) bouncesUntil = performance.now() + REST_MS; // "toggle" comes later than a bounce may
    wanted.click();
  }

  // What stays as the reader left it, from record to record.
  function restore() {
    for (const details of document.querySelectorAll("details[data-remember]")) {
      const state = remembered(details.id);
      if (state) details.open = state === "open";
    }
    const picture = find("[data-picture]");
    if (picture?.complete && picture.naturalWidth === 0) pictureFailed(picture);
  }

  function pictureFailed(picture) {
    picture.closest("a").hidden = true;
    picture.closest("figure").querySelector("figcaption").hidden = false;
    const told = find("#ballot [name=picture]");
    if (told) told.value = "failed";
  }

  // What has not reached the screen when a vote is cast is not said to have been visible.
  function tellUnseen() {
    const picture = find("[data-picture]");
    const told = find("#ballot [name=picture]");
    if (told && picture && !(picture.complete && picture.naturalWidth > 0)) told.value = "failed";
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", tellUnseen, true);

  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (details.matches?.("details[data-remember]")) remember(details.id, details.open ? "open" : "closed");
    if (details.matches?.("details.vote") && details.open) {
      bouncesUntil = performance.now() + REST_MS;
      details.querySelector(".reasons").focus();
    }
  }, true);

  document.addEventListener("error", (event) => {
    if (event.target.matches?.("[data-picture]")) pictureFailed(event.target);
  }, true);

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    const reasons = find("details.vote[open]");
    if (reasons && !reasons.contains(event.target)) reasons.open = false;
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "keys-on") remember("keys", event.target.checked ? "on" : "off");
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target !== desk()) return;
    isSending = true;
    desk().setAttribute("aria-busy", "true");
  });

  document.addEventListener("htmx:afterRequest", () => {
    isSending = false;
    desk()?.removeAttribute("aria-busy");
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    // A refusal says where its sentence goes; any other error keeps the record on the desk.
    if (event.detail.isError && event.detail.xhr.getResponseHeader("HX-Retarget")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    restore();
    if (event.detail.target.id !== "desk") return;
    restsUntil = performance.now() + REST_MS;
    window.scrollTo(0, 0);
    find("#desk h1").focus({ preventScroll: true });
  });

  document.addEventListener("htmx:responseError", (event) => {
    say(`The server could not do this (answer ${event.detail.xhr.status}). Reload the page; `
      + "what was confirmed before is stored.");
  });

  document.addEventListener("htmx:sendError", () => {
    say(desk()
      ? "The server did not answer, so your vote may not be stored. Vote again: one form never votes twice."
      : "The server did not answer, so nothing new is stored or shown here. Reload the page.");
  });

  document.documentElement.classList.add("scripted");
  const keysOn = find("#keys-on");
  if (keysOn) keysOn.checked = remembered("keys") !== "off";
  restore();
})();
