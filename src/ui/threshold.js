// What the pages outside the house need of the browser: without it they are plain forms, and work as well.
for (const button of document.querySelectorAll(".field-reveal")) {
  const input = button.parentElement.querySelector("input");
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.textContent = shown ? button.dataset.hide : button.dataset.show;
  });
}
document.querySelector("[aria-invalid=true]")?.focus();
