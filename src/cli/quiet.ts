// Silences TensorFlow.js' greeting in Node: it would advertise another backend above every table.

const greeting = /node backend|Platform node has already been set/i;

/** Call before TensorFlow.js starts. Other warnings pass. */
export function silenceGreeting(): void {
  const warn = console.warn.bind(console);
  console.warn = (...parts: unknown[]) => {
    if (!greeting.test(String(parts[0]))) warn(...parts);
  };
}

silenceGreeting();
