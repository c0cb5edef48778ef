// Passkeys: a form marked data-passkey ("create" or "get") asks the browser for one when it is sent, puts the answer into
// its field "credential" and goes on. Options stand in data-options, or are fetched from data-ask. Forms that are hidden
// without this file appear when the browser knows passkeys. What went wrong is said in the page's own words (data-failed).

const toBytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
};

const toText = (buffer) => {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const read = (options) => {
  const given = { ...options, challenge: toBytes(options.challenge) };
  if (given.user) given.user = { ...given.user, id: toBytes(given.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (given[list]) given[list] = given[list].map((each) => ({ ...each, id: toBytes(each.id) }));
  }
  return given;
};

const written = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
};

const optionsOf = async (form) => {
  if (form.dataset.options) return JSON.parse(form.dataset.options).publicKey;
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).request_options.publicKey;
};

const alone = (options, form) => {
  const box = form.querySelector("input[name=passwordless]");
  if (!box) return options;
  const selection = { ...options.authenticatorSelection };
  selection.residentKey = box.checked ? "required" : "discouraged";
  selection.requireResidentKey = box.checked;
  selection.userVerification = box.checked ? "required" : "preferred";
  return { ...options, authenticatorSelection: selection };
};

const ask = async (form) => {
  const publicKey = alone(read(await optionsOf(form)), form);
  const kind = form.dataset.passkey;
  const credential = await navigator.credentials[kind]({ publicKey });
  form.querySelector("input[name=credential]").value = written(credential);
  form.submit();
};

const tell = (form) => {
  const place = form.querySelector("[data-passkey-trouble]");
  const note = document.createElement("div");
  note.className = "note tone-warn";
  note.textContent = form.dataset.failed;
  if (place) place.replaceChildren(note);
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener(
      "submit",
      async (event) => {
        event.preventDefault();
        if (form.dataset.asking) return;
        form.dataset.asking = "yes";
        try {
          await ask(form);
        } catch {
          tell(form);
        } finally {
          delete form.dataset.asking;
        }
      },
      { capture: true },
    );
  }
}
