import { describe, expect, it } from "vitest";
import { settleTail } from "./markdown-tail";

describe("the end of a growing text", () => {
  it("shows a link's words until its address is there", () => {
    expect(settleTail("see [the notes](https://exam")).toBe("see the notes");
    expect(settleTail("see [the notes](https://example.org)")).toBe("see [the notes](https://example.org)");
    expect(settleTail("an array a[0] and [open")).toBe("an array a[0] and [open");
  });

  it("holds a picture back until it is there", () => {
    expect(settleTail("look: ![a cat](data:image/png;base64,AAAA")).toBe("look: ");
    expect(settleTail("look: ![a c")).toBe("look: ");
    expect(settleTail("look: ![a](b.png)")).toBe("look: ![a](b.png)");
  });

  it("closes strong text and code that were opened", () => {
    expect(settleTail("this is **import")).toBe("this is **import**");
    expect(settleTail("this is **import*")).toBe("this is **import**");
    expect(settleTail("this is **")).toBe("this is ");
    expect(settleTail("call `run(")).toBe("call `run(`");
    expect(settleTail("call `")).toBe("call ");
    expect(settleTail("`a ** b` and **c**")).toBe("`a ** b` and **c**");
  });

  it("leaves code blocks and everything before the last paragraph alone", () => {
    expect(settleTail("```js\nconst a = `b")).toBe("```js\nconst a = `b");
    expect(settleTail("```js\nfoo\n\nx = a[`b")).toBe("```js\nfoo\n\nx = a[`b");
    expect(settleTail("odd ** mark\n\nand **on")).toBe("odd ** mark\n\nand **on**");
  });

  it("holds a row of buttons back button by button", () => {
    const first = "[U1](https://chatnio.virtual/UPSCALE%2017%201::mj)";
    for (const end of ["[", "[U2", "[U2]", "[U2](", "[U2](https://ch", "[U2](https://chatnio.virtual/UPSCALE%2017"]) {
      expect(settleTail(`![image](a.png)\n\n${end}`), end).toBe("![image](a.png)\n\n");
      expect(settleTail(`${first} ${end}`), end).toBe(`${first} `);
    }
    expect(settleTail(`${first} [U2](https://chatnio.virtual/UPSCALE%2017%202::mj)`)).toBe(`${first} [U2](https://chatnio.virtual/UPSCALE%2017%202::mj)`);
    expect(settleTail("Then press [U2](https://coai.virtual/UPS")).toBe("Then press ");
  });

  it("shows other brackets at the begin of a line as soon as they are known to be others", () => {
    expect(settleTail("[Note")).toBe("");
    expect(settleTail("[Note] this")).toBe("[Note] this");
    expect(settleTail("[the notes](https://exam")).toBe("the notes");
  });

  it("holds a fence back that may become a progress bar", () => {
    expect(settleTail("```")).toBe("");
    expect(settleTail("text\n```prog")).toBe("text\n");
    expect(settleTail("```progress\n4")).toBe("```progress\n4");
    expect(settleTail("```pr\n")).toBe("```pr\n");
    expect(settleTail("```python")).toBe("```python");
    expect(settleTail("```progress\n100\n```")).toBe("```progress\n100\n```");
  });
});
