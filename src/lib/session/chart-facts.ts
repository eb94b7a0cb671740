// What the interface may know of charts; passes on what is said of them elsewhere, no more.
export { isChosen } from '../chart/chart-area.ts';
