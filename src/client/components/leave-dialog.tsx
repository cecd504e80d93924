import type { Question } from '#client/lib/question.ts';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from '#client/components/ui/alert-dialog.tsx';
import { Button } from '#client/components/ui/button.tsx';

export const LeaveDialog = ({ question }: { question: Question<string> }) => (
  <AlertDialog open onOpenChange={(isOpen) => !isOpen && question.answer(false)}>
    <AlertDialogContent>
      <AlertDialogHeader>
        <AlertDialogTitle>Leave without saving?</AlertDialogTitle>
        <AlertDialogDescription>{question.subject}</AlertDialogDescription>
      </AlertDialogHeader>
      <AlertDialogFooter>
        <AlertDialogCancel>Stay</AlertDialogCancel>
        <Button variant="harm" onClick={() => question.answer(true)}>
          Discard changes
        </Button>
      </AlertDialogFooter>
    </AlertDialogContent>
  </AlertDialog>
);
