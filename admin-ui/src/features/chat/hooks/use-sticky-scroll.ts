import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Distance from the end, in pixels, within which the reader counts as being at the end. */
const NEAR = 48;

/**
 * Keeps a scroller at its end while its content grows, unless the reader has scrolled up. Another conversation, or a new answer in this one,
 * brings it back to the end.
 */
export function useStickyScroll(conversationId: string, answerId: string | undefined) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticking = useRef(true);
  const [away, setAway] = useState(false);

  const jump = useCallback(() => {
    const element = scroller.current;
    if (element) {
      element.scrollTop = element.scrollHeight;
    }
  }, []);

  const toEnd = useCallback(() => {
    sticking.current = true;
    setAway(false);
    jump();
  }, [jump]);

  useLayoutEffect(() => toEnd(), [conversationId, toEnd]);

  useLayoutEffect(() => {
    if (answerId !== undefined) {
      toEnd();
    }
  }, [answerId, toEnd]);

  useEffect(() => {
    const element = scroller.current;
    const grown = content.current;
    if (!element || !grown) {
      return undefined;
    }
    let lastTop = element.scrollTop;
    const onScroll = () => {
      const fromEnd = element.scrollHeight - element.clientHeight - element.scrollTop;
      // Only a movement upwards is the reader's; growing content moves the end away without one.
      if (element.scrollTop < lastTop - 1 && fromEnd > NEAR) {
        sticking.current = false;
      } else if (fromEnd <= NEAR) {
        sticking.current = true;
      }
      lastTop = element.scrollTop;
      setAway(!sticking.current);
    };
    const observer = new ResizeObserver(() => {
      if (sticking.current) {
        jump();
      }
    });
    element.addEventListener("scroll", onScroll, { passive: true });
    observer.observe(grown);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", onScroll);
      observer.disconnect();
    };
  }, [jump]);

  return { scroller, content, away, toEnd };
}
