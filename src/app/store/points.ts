// The points that a learner clicked, with everything needed to take a click back; kept in the browser between visits.
import { create } from "zustand";
import type { PlanePoint } from "../../data/points/points";

interface Points {
  readonly points: readonly PlanePoint[];
  /** What can be undone, the latest last. */
  readonly past: readonly (readonly PlanePoint[])[];
  /** What was undone, the latest last. */
  readonly future: readonly (readonly PlanePoint[])[];
  /** Class of the next point, from 0. */
  readonly kind: number;
  /** Why a file cannot be used. */
  readonly problem: string | null;
}

export const noPoints: Points = { points: [], past: [], future: [], kind: 0, problem: null };

export const usePoints = create<Points>(() => noPoints);
